#include "Recepteur.h"

#include <QDebug>
#include <QHostAddress>
#include <QNetworkDatagram>
#include "phrases.h"

Recepteur::Recepteur(QObject *parent)
    : QObject{parent}
    , udpSocket(new QUdpSocket(this))
{
}

// #region attache
bool Recepteur::Attacher(quint16 _port)
{
    // ATTACHER
    if (!udpSocket->bind(QHostAddress::AnyIPv4, _port)) {
        qDebug().noquote() << phrase(udpSocket->error(), _port);
        return false;
    }
    connect(udpSocket, &QUdpSocket::readyRead, this, &Recepteur::lireDatagram);
    qDebug() << "Récepteur attaché au port :" << udpSocket->localPort();
    return true;
}
// #endregion

// #region lecture
void Recepteur::lireDatagram()
{
    // ÉCHANGER
    while (udpSocket->hasPendingDatagrams()) {
        const QNetworkDatagram datagram = udpSocket->receiveDatagram();
        if (!datagram.isValid())
            return;
        qDebug() << "Données :" << QString::fromUtf8(datagram.data());
        qDebug() << "Adresse source :" << datagram.senderAddress().toString()
                 << "Port source :" << datagram.senderPort();
        // #region reponse
        const QByteArray accuse = "Reçu : " + datagram.data();
        if (udpSocket->writeDatagram(datagram.makeReply(accuse)) < 0)
            qDebug().noquote() << "Réponse impossible :" << phrase(udpSocket->error());
        // #endregion
    }
}
// #endregion
