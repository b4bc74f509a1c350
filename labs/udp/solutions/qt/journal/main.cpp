// Exercice 8.5.1-2 : une ligne JSON par datagramme reçu.
#include <QCoreApplication>
#include <QDebug>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkDatagram>
#include <QUdpSocket>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 12345}});
    QUdpSocket udpSocket;

    QObject::connect(&udpSocket, &QUdpSocket::readyRead, &udpSocket, [&] {
        while (udpSocket.hasPendingDatagrams()) {
            const QNetworkDatagram datagramme = udpSocket.receiveDatagram();
            const QJsonObject ligne{
                {"de", datagramme.senderAddress().toString()},
                {"port", datagramme.senderPort()},
                {"taille", datagramme.data().size()},
                {"hexa", QString(datagramme.data().toHex())},
            };
            qDebug().noquote() << QJsonDocument(ligne).toJson(QJsonDocument::Compact);
        }
    });

    if (!udpSocket.bind(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(udpSocket.error(), options.port());
        return 3;
    }
    qDebug() << "Récepteur attaché au port :" << udpSocket.localPort();
    return a.exec();
}
