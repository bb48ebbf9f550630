/* The public face of base/: everything that knows nothing of the field. */
#ifndef ENTENTE_BASE_BASE_H
#define ENTENTE_BASE_BASE_H

#include "base/config.h"
#include "base/conform.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/doc.h"
#include "base/mem.h"
#include "base/seam.h"
#include "base/set256.h"
#include "base/status.h"
#include "base/text.h"

#endif
