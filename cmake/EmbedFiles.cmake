# Files that the program holds: one C table of name, bytes and version (trainer/serve/page/page_files.h), made again when a
# file changes. As a script (cmake -P, with FOLDER, OUTPUT and FILES) this file writes the table; included, it gives the
# function that runs it.
if(CMAKE_SCRIPT_MODE_FILE)
  set(arrays "")
  set(table "")
  set(number 0)
  foreach(name IN LISTS FILES)
    file(READ ${FOLDER}/${name} bytes HEX)
    file(SHA256 ${FOLDER}/${name} version)
    string(SUBSTRING ${version} 0 16 version)
    string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}") # 16 bytes a line
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(APPEND arrays "static const unsigned char file_${number}[] = {\n${bytes}};\n")
    string(APPEND table "    {\"${name}\", file_${number}, sizeof file_${number}, 0x${version}u},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  file(WRITE ${OUTPUT} "#include \"trainer/serve/page/page_files.h\"\n\n#include <stddef.h>\n\n${arrays}\n"
      "const hr_page_file hr_page_files[] = {\n${table}    {NULL, NULL, 0, 0}};\n")
  return()
endif()

set(HALOREC_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

# Adds all files below a folder to a target.
function(halorec_embed_files target folder)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*)
  list(SORT files)
  list(TRANSFORM files PREPEND ${folder}/ OUTPUT_VARIABLE paths)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/page_files.c)
  add_custom_command(OUTPUT ${output}
      COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} -DOUTPUT=${output} "-DFILES=${files}" -P ${HALOREC_EMBED_SCRIPT}
      DEPENDS ${paths} ${HALOREC_EMBED_SCRIPT} COMMENT "Putting the page into the program" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
