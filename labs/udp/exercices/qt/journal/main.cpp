// Exercice 8.5.1-2 : une ligne JSON par datagramme reçu.
#include <QCoreApplication>
#include <QDebug>
#include <QUdpSocket>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 12345}});
    QUdpSocket udpSocket;

    QObject::connect(&udpSocket, &QUdpSocket::readyRead, &udpSocket, [&] {
        // À vous : vider la file, sans perdre un octet, et afficher une ligne JSON par datagramme.
        char octets[16];
        QHostAddress adresse;
        quint16 port = 0;
        const qint64 taille = udpSocket.readDatagram(octets, sizeof octets, &adresse, &port);
        qDebug() << "Reçu de" << adresse.toString() << ":" << port << QByteArray(octets, taille);
    });

    // À vous : l'adresse de l'émetteur doit s'afficher sans « ::ffff: ».
    if (!udpSocket.bind(QHostAddress::Any, options.port())) {
        qDebug().noquote() << phrase(udpSocket.error(), options.port());
        return 3;
    }
    qDebug() << "Récepteur attaché au port :" << udpSocket.localPort();
    return a.exec();
}
