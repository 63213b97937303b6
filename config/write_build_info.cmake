# Writes OUTPUT from TEMPLATE; leaves it untouched when nothing changed. Without git, or outside of a checkout
# (a tarball), the commit stays empty.
set(COMMIT "")
if(EXISTS "${SOURCE_DIR}/.git")
  find_program(GIT git)
  if(GIT)
    execute_process(
      COMMAND "${GIT}" describe --always --dirty --abbrev=12 --exclude=*
      WORKING_DIRECTORY "${SOURCE_DIR}"
      OUTPUT_VARIABLE COMMIT
      OUTPUT_STRIP_TRAILING_WHITESPACE
      ERROR_QUIET)
  endif()
endif()
configure_file("${TEMPLATE}" "${OUTPUT}" @ONLY)
