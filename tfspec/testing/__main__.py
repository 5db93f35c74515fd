"""`python -m tfspec.testing search`: does Keras do with random specs what tfspec says of them?"""

from .search.command import main

main(prog_name="python -m tfspec.testing")
