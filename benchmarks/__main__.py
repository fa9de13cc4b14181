"""Run the benchmarks that need nothing but the repository."""

from benchmarks import build, validation

if __name__ == "__main__":
    build.main()
    validation.main()
