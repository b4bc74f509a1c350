#include <QCoreApplication>
#include <QDebug>
#include "Emetteur.h"
#include "Options.h"
#include "lignes.h"
#include "sortie.h"

// #region principal
int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 12345},
                                          {"message", "Message à envoyer"}});
    Emetteur emetteur(options.texte("hote"), options.port());
    if (!emetteur.AdresseValide()) {
        qDebug().noquote() << "« " + options.texte("hote") + " » n'est pas une adresse IPv4 :"
                           << "QHostAddress ne cherche pas les noms, donner une adresse à --hote.";
        return 1;
    }
    emetteur.Envoyer(options.texte("message"));
    lireLignes([&](const QString &ligne) { emetteur.Envoyer(ligne); }, [] { terminer(0); });
    return a.exec();
}
// #endregion
