#include "io/titles.h"
