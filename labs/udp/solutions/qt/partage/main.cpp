// Exercice 8.5.1-3 : deux abonnés pour un seul port.
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
    QObject::connect(&udpSocket, &QUdpSocket::readyRead, &udpSocket, [&] {
        while (udpSocket.hasPendingDatagrams())
            qDebug() << "Reçu :" << udpSocket.receiveDatagram().data();
    });

    // Les deux instances demandent le partage : une seule ne suffirait pas.
    const QAbstractSocket::BindMode mode = QAbstractSocket::ShareAddress | QAbstractSocket::ReuseAddressHint;
    if (!udpSocket.bind(QHostAddress::AnyIPv4, options.port(), mode)) {
        qDebug().noquote() << phrase(udpSocket.error(), options.port());
        return 3;
    }
    qDebug() << "Récepteur attaché au port :" << udpSocket.localPort();
    return a.exec();
}
