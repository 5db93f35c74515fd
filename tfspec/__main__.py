"""`python -m tfspec`: the command line."""

from tfspec.cli import main

if __name__ == "__main__":
    main()
