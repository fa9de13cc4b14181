"""W3C test suites by the engines of kg and by the libraries underneath; `__main__` says how to run them."""
