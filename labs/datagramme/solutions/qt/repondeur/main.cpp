// Exercice 8.5.2-1 : numéroter les datagrammes de chaque émetteur.
#include <QCoreApplication>
#include <QDebug>
#include <QMap>
#include <QNetworkDatagram>
#include <QPair>
#include <QUdpSocket>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 12345}});
    QUdpSocket udpSocket;
    QMap<QPair<quint32, quint16>, int> rangs; // par adresse et port de l'émetteur

    QObject::connect(&udpSocket, &QUdpSocket::readyRead, &udpSocket, [&] {
        while (udpSocket.hasPendingDatagrams()) {
            const QNetworkDatagram datagramme = udpSocket.receiveDatagram();
            const int rang = ++rangs[{datagramme.senderAddress().toIPv4Address(),
                                      static_cast<quint16>(datagramme.senderPort())}];
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
