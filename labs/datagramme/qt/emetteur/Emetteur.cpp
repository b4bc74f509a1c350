#include "Emetteur.h"

#include <QDebug>
#include <QNetworkDatagram>
#include "phrases.h"
#include "sortie.h"

Emetteur::Emetteur(const QString &_hote, quint16 _port, QObject *parent)
    : QObject{parent}
    , udpSocket(new QUdpSocket(this))
    , adresse(_hote)
    , port(_port)
{
    udpSocket->bind(QHostAddress::AnyIPv4); // un port libre, en IPv4 : les réponses y reviendront
    connect(udpSocket, &QUdpSocket::readyRead, this, &Emetteur::lireReponse);
}

bool Emetteur::AdresseValide() const
{
    return !adresse.isNull();
}

// #region envoi
void Emetteur::Envoyer(const QString &_message)
{
    // ÉCHANGER
    const QNetworkDatagram datagram(_message.toUtf8(), adresse, port);
    const qint64 taille = udpSocket->writeDatagram(datagram);
    if (taille < 0) {
        qDebug().noquote() << "Envoi impossible :" << phrase(udpSocket->error());
        terminer(1);
        return;
    }
    qDebug() << "Datagramme envoyé, taille :" << taille << "depuis le port :" << udpSocket->localPort();
}
// #endregion

// #region lecture
void Emetteur::lireReponse()
{
    while (udpSocket->hasPendingDatagrams()) {
        const QNetworkDatagram datagram = udpSocket->receiveDatagram();
        qDebug() << "Réponse de" << datagram.senderAddress().toString() << ":" << datagram.senderPort()
                 << QString::fromUtf8(datagram.data());
    }
}
// #endregion
