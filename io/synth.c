#include "io/synth.h"
hr_status hr_synth_find(const char*n,const hr_synth_preset**p,hr_error*e){(void)p;return hr_fail(e,HR_USAGE,"%s no",n);}
hr_status hr_synth(const hr_synth_preset*p,uint64_t s,hr_dataset*d,hr_error*e){(void)p;(void)s;(void)d;return hr_fail(e,HR_USAGE,"no");}
