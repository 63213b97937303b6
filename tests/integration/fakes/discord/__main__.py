from .terminal import main

main()
