// Exercice 8.5.2-1 : numéroter les datagrammes de chaque émetteur.
#include <QCoreApplication>
#include <QDebug>
#include <QNetworkDatagram>
#include <QUdpSocket>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 12345}});
    QUdpSocket udpSocket;
    int rang = 0;

    QObject::connect(&udpSocket, &QUdpSocket::readyRead, &udpSocket, [&] {
        while (udpSocket.hasPendingDatagrams()) {
            const QNetworkDatagram datagramme = udpSocket.receiveDatagram();
            // À vous : ce compteur est commun à tous les émetteurs.
            rang++;
            udpSocket.writeDatagram(datagramme.makeReply("ACK " + QByteArray::number(rang)));
        }
    });

    if (!udpSocket.bind(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(udpSocket.error(), options.port());
        return 3;
    }
    qDebug() << "Répondeur attaché au port :" << udpSocket.localPort();
    return a.exec();
}
