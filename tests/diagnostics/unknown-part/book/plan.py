trees = 3
