// Exercice 8.5.2-2 : ce qu'une enveloppe dit d'elle-même.
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
        while (udpSocket.hasPendingDatagrams()) {
            const QNetworkDatagram datagramme = udpSocket.receiveDatagram();
            const QHostAddress destination = datagramme.destinationAddress();
            const int saut = datagramme.hopLimit();
            const QStringList champs{datagramme.senderAddress().toString(),
                                     destination.isNull() ? "?" : destination.toString(),
                                     QString::number(datagramme.data().size()),
                                     saut < 0 ? "?" : QString::number(saut)};
            qDebug().noquote() << champs.join(';');
        }
    });

    if (!udpSocket.bind(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(udpSocket.error(), options.port());
        return 3;
    }
    qDebug() << "Journal attaché au port :" << udpSocket.localPort();
    return a.exec();
}
