// Beast, compiled once for all who link nunchi_beast.
#include <boost/beast/src.hpp>
