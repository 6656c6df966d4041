"""Measures Chapbook against plain WeasyPrint: the same book, the same machine, taking turns.

`contest` sets the races, `books` brings what is printed, `runs` starts and measures processes,
`watching` a watch, `rows` judges and writes. `composed` and `plain_weasyprint` are programs that
run by themselves.
"""
