"""Measures Chapbook against plain WeasyPrint: the same book, the same machine, taking turns.

`contest` sets the races, `books` brings what is printed, `runs` starts and measures processes,
`watching` a watch, `rows` judges and writes. `composed`, `plain_weasyprint` and
`print_work` are programs that run by themselves.
"""
