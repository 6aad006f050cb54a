"""`python -m docparse_cli`."""

import sys

from docparse_cli.main import main

if __name__ == "__main__":
    sys.exit(main())
