#include <QCoreApplication>
#include "Options.h"
#include "Serveur.h"

// #region principal
int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 1234}});
    Serveur serveur;
    if (!serveur.LancerServeur(options.port()))
        return 1;
    return a.exec();
}
// #endregion
