#ifndef CALCUL_H
#define CALCUL_H

/** Nombre de nombres premiers jusqu'à borne, par divisions successives : exprès sans finesse. */
inline int compterPremiers(int borne)
{
    int premiers = 0;
    for (int n = 2; n <= borne; n++) {
        int d = 2;
        while (d * d <= n && n % d != 0)
            d++;
        if (d * d > n)
            premiers++;
    }
    return premiers;
}
#endif // CALCUL_H
