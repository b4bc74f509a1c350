#include "Emetteur.h"

#include <QDebug>
#include "phrases.h"
#include "sortie.h"

Emetteur::Emetteur(const QString &_hote, quint16 _port, QObject *parent)
    : QObject{parent}
    , udpSocket(new QUdpSocket(this))
    , adresse(_hote)
    , port(_port)
{
}

bool Emetteur::AdresseValide() const
{
    return !adresse.isNull();
}

// #region envoi
void Emetteur::Envoyer(const QString &_message)
{
    // ÉCHANGER
    const qint64 taille = udpSocket->writeDatagram(_message.toUtf8(), adresse, port);
    if (taille < 0) {
        qDebug().noquote() << "Envoi impossible :" << phrase(udpSocket->error());
        terminer(1);
        return;
    }
    qDebug() << "Datagramme envoyé, taille :" << taille;
}
// #endregion
