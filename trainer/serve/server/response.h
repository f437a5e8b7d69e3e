/* An answer as libmicrohttpd sends it: with the headers that all answers have. */
#ifndef HR_TRAINER_SERVE_SERVER_RESPONSE_H
#define HR_TRAINER_SERVE_SERVER_RESPONSE_H

#include "trainer/serve/server/exchange.h"

/* Makes the response, whose body stays with the exchange, and queues it; *status receives what the client reads: 304 where it
 * has the answer already (If-None-Match).
 *   closing  whether the connection ends after it
 * MHD_NO for want of memory. */
enum MHD_Result hr_exchange_send(hr_exchange *exchange, const hr_exchange_rules *rules, bool closing,
                                 int *status);

#endif
