"""What does not fit together: published texts against facts, links and each other.

Each app registers its own checkers. None of them writes, and none asks the network.
"""
