/* For Wine only: numpy asks the C runtime for complex functions, which Wine's does not have. Windows has them.
   On Windows a long double is a double. Everything else is passed on; packaging/wine.py writes the list. */
#include <complex.h>

#define ONE(name)                                                          \
    double complex own_##name(double complex z) { return name(z); }        \
    double complex own_##name##l(double complex z) { return name(z); }     \
    float complex own_##name##f(float complex z) { return name##f(z); }
#define REAL(name)                                                         \
    double own_##name(double complex z) { return name(z); }                \
    double own_##name##l(double complex z) { return name(z); }             \
    float own_##name##f(float complex z) { return name##f(z); }
#define TWO(name)                                                                          \
    double complex own_##name(double complex y, double complex z) { return name(y, z); }    \
    double complex own_##name##l(double complex y, double complex z) { return name(y, z); } \
    float complex own_##name##f(float complex y, float complex z) { return name##f(y, z); }

ONE(catan) ONE(ccos) ONE(ccosh) ONE(cexp) ONE(clog) ONE(csin) ONE(csinh) ONE(csqrt) ONE(ctan) ONE(ctanh)
REAL(cabs) REAL(carg) REAL(cimag) REAL(creal)
TWO(cpow)
