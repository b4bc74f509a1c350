#include <QCoreApplication>
#include "Client.h"
#include "Options.h"
#include "lignes.h"

// #region principal
int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 1234}, {"delai", 2000}});
    Client client(options.entier("delai"));
    client.ConnecterAuServeur(options.texte("hote"), options.port());
    lireLignes([&](const QString &ligne) { client.EnvoyerMessage(ligne); }, [&] { client.Deconnecter(); });
    return a.exec();
}
// #endregion
