#include "Recepteur.h"

#include <QDebug>
#include <QHostAddress>
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
    // AnyIPv4 : toutes les interfaces ; avec Any, un pair IPv4 s'afficherait « ::ffff:127.0.0.1 ».
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
        QByteArray tampon(udpSocket->pendingDatagramSize(), '\0');
        QHostAddress emetteur;
        quint16 port = 0;
        const qint64 taille = udpSocket->readDatagram(tampon.data(), tampon.size(), &emetteur, &port);
        if (taille < 0)
            return;
        qDebug() << "Reçu de" << emetteur.toString() << ":" << port << "Taille :" << taille
                 << QString::fromUtf8(tampon);
    }
}
// #endregion
