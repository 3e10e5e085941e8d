"""``python -m toolkit.figures``: does every figure come out again?"""

import sys

from toolkit.figures import main

if __name__ == "__main__":
    sys.exit(main())
