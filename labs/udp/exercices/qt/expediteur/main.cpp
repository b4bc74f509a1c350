// Exercice 8.5.1-1 : expédier un datagramme, un seul.
#include <QCoreApplication>
#include <QDebug>
#include <QUdpSocket>
#include "Options.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 12345}, {"message", "Message à envoyer"}});
    QUdpSocket udpSocket;
    const QHostAddress adresse(options.texte("hote"));

    // À vous : envoyer le message demandé, et non cet essai ; lire ce que répond writeDatagram.
    udpSocket.writeDatagram("essai", adresse, options.port());
    return 0;
}
