# What every target of this project is compiled with.
add_library(halorec_options INTERFACE)
target_compile_definitions(halorec_options INTERFACE _GNU_SOURCE HR_VERSION="${PROJECT_VERSION}")
target_compile_options(halorec_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-unknown-pragmas
    $<$<C_COMPILER_ID:Clang>:-Wno-pass-failed> # "omp simd" asks; a loop that stays scalar is not wrong
    -fno-math-errno      # square roots as single, vector instructions
    -ffp-contract=off)   # the compiler fuses no multiplications and additions: results had other bits on each processor
target_include_directories(halorec_options INTERFACE ${CMAKE_CURRENT_LIST_DIR}/..)
if(HALOREC_WERROR)
  target_compile_options(halorec_options INTERFACE -Werror)
endif()
