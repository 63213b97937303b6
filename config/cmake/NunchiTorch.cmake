# libtorch, from NUNCHI_TORCH_DIR (an unpacked libtorch or an installed torch package) or from .venv.

if(NUNCHI_TORCH_DIR)
  set(nunchi_torch_candidates "${NUNCHI_TORCH_DIR}")
else()
  file(GLOB nunchi_torch_candidates "${PROJECT_SOURCE_DIR}/.venv/lib/python3*/site-packages/torch")
endif()
if(NOT nunchi_torch_candidates)
  message(FATAL_ERROR
    "libtorch was not found. Run script/bootstrap, which installs it in .venv, "
    "or set NUNCHI_TORCH_DIR to an unpacked libtorch 2.6 or later, "
    "or use the no-torch preset.")
endif()
find_package(Torch 2.6 REQUIRED PATHS ${nunchi_torch_candidates} PATH_SUFFIXES share/cmake/Torch NO_DEFAULT_PATH)

# TorchConfig sets global flags; what our targets need travels with this target only.
add_library(nunchi_torch INTERFACE)
target_link_libraries(nunchi_torch INTERFACE ${TORCH_LIBRARIES})
target_include_directories(nunchi_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
separate_arguments(nunchi_torch_flags UNIX_COMMAND "${TORCH_CXX_FLAGS}")
target_compile_options(nunchi_torch INTERFACE ${nunchi_torch_flags})
target_compile_definitions(nunchi_torch INTERFACE NUNCHI_TORCH_VERSION="${Torch_VERSION}")
