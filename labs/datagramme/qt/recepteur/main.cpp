#include <QCoreApplication>
#include "Options.h"
#include "Recepteur.h"

// #region principal
int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 12345}});
    Recepteur recepteur;
    if (!recepteur.Attacher(options.port()))
        return 1;
    return a.exec();
}
// #endregion
