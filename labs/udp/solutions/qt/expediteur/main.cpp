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
    const qint64 taille = udpSocket.writeDatagram(options.texte("message").toUtf8(), adresse, options.port());
    if (taille < 0)
        qDebug() << "ERREUR TAILLE";
    return taille < 0 ? 1 : 0;
}
