"""The command line of docparse: arguments and printing only. `main.main` is the entry point."""
