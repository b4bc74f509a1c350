#include "Serveur.h"

#include <QDebug>
#include "phrases.h"

Serveur::Serveur(QObject *parent)
    : QObject{parent}
    , serveur(new QTcpServer(this))
{
    connect(serveur, &QTcpServer::newConnection, this, &Serveur::onQTcpServer_NewConnection);
}

// #region ecoute
bool Serveur::LancerServeur(quint16 _port)
{
    // ÉCOUTER
    if (!serveur->listen(QHostAddress::Any, _port)) {
        qDebug().noquote() << phrase(serveur->serverError(), _port);
        return false;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur->serverPort();
    return true;
}
// #endregion

// #region acceptation
void Serveur::onQTcpServer_NewConnection()
{
    // ACCEPTER
    QTcpSocket *client = serveur->nextPendingConnection();
    if (!client)
        return;
    qDebug() << "Nouveau client, port :" << client->peerPort();
    connect(client, &QTcpSocket::readyRead, this, &Serveur::onQTcpSocket_ReadyRead);
    connect(client, &QTcpSocket::disconnected, this, &Serveur::onQTcpSocket_Disconnected);
    connect(client, &QTcpSocket::errorOccurred, this, &Serveur::onQTcpSocket_ErrorOccurred);
}
// #endregion

// #region deconnexion
void Serveur::onQTcpSocket_Disconnected()
{
    // FERMER
    qDebug() << "Client déconnecté";
    sender()->deleteLater(); // celui qui est parti, et lui seul
}
// #endregion

// #region lecture
void Serveur::onQTcpSocket_ReadyRead()
{
    // ÉCHANGER
    QTcpSocket *client = qobject_cast<QTcpSocket *>(sender());
    if (!client)
        return;
    const QString texte = QString::fromUtf8(client->readAll()); // celui qui a parlé
    qDebug() << "Reçu :" << texte;
    client->write(("Message reçu sur le serveur : " + texte).toUtf8());
}
// #endregion

// #region erreurs
void Serveur::onQTcpSocket_ErrorOccurred(QAbstractSocket::SocketError _erreur)
{
    QTcpSocket *client = qobject_cast<QTcpSocket *>(sender());
    if (!client || _erreur == QAbstractSocket::RemoteHostClosedError)
        return; // un départ : rien à faire, disconnected suit
    qDebug().noquote() << "Erreur client :" << phrase(_erreur);
    client->disconnectFromHost();
}
// #endregion
