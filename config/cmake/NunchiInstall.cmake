# cmake --install build/release --prefix /opt/nunchi: the programs, the bundled model, and libtorch beside them.

set(nunchi_programs nunchi)
if(NUNCHI_TORCH)
  list(APPEND nunchi_programs nunchi-train)
  # Its Python bindings stay behind.
  list(GET TORCH_INCLUDE_DIRS 0 nunchi_torch_include)
  install(DIRECTORY "${nunchi_torch_include}/../lib/" DESTINATION lib/nunchi
    FILES_MATCHING PATTERN "*.so*" PATTERN "*python*" EXCLUDE)
  install(DIRECTORY models/starter DESTINATION share/nunchi/models)
endif()
set_target_properties(${nunchi_programs} PROPERTIES INSTALL_RPATH "$ORIGIN/../lib/nunchi")
install(TARGETS ${nunchi_programs} RUNTIME DESTINATION bin)
install(FILES LICENSE README.md config/nunchi.example.toml DESTINATION share/doc/nunchi)
install(FILES config/systemd/nunchi.service DESTINATION lib/systemd/system)
