"""``python -m workbench``: the command line."""

from workbench.cli.entry import main

if __name__ == "__main__":
    main()
