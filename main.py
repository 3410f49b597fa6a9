"""Start the window: `python main.py [book]`."""

from govtracker.__main__ import main

if __name__ == "__main__":
    main()
