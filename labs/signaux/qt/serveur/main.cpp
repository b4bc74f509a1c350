#include <QCoreApplication>
#include "Options.h"
#include "Serveur.h"

// #region principal
int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(),
                          {{"port", 1234}, {"mode", QStringList{"cooperatif", "ferme", "trou-noir"}}});
    Serveur serveur;
    if (options.texte("mode") == "trou-noir") {
        if (!serveur.OuvrirTrouNoir(options.port()))
            return 1;
    } else if (serveur.LancerServeur(options.port())) {
        serveur.Appliquer(options.texte("mode"));
    } else {
        return 1;
    }
    return a.exec();
}
// #endregion
