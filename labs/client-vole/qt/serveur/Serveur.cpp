#include "Serveur.h"

#include <QDebug>
#include "phrases.h"

Serveur::Serveur(QObject *parent)
    : QObject{parent}
    , serveur(new QTcpServer(this))
    , client(nullptr)
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
    client = serveur->nextPendingConnection(); // défaut : le précédent est oublié, pas fermé
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
    if (client)
        client->deleteLater(); // défaut : ce n'est peut-être pas lui qui part
    client = nullptr;
}
// #endregion

// #region lecture
void Serveur::onQTcpSocket_ReadyRead()
{
    // ÉCHANGER
    if (!client)
        return;
    const QString texte = QString::fromUtf8(client->readAll()); // défaut : ce n'est peut-être pas lui qui parle
    qDebug() << "Reçu :" << texte;
    client->write(("Message reçu sur le serveur : " + texte).toUtf8());
}
// #endregion

// #region erreurs
void Serveur::onQTcpSocket_ErrorOccurred(QAbstractSocket::SocketError _erreur)
{
    if (!client)
        return;
    const bool depart = _erreur == QAbstractSocket::RemoteHostClosedError;
    qDebug().noquote() << "Erreur client :" << (depart ? "Le client a fermé la connexion" : phrase(_erreur));
    client->disconnect(); // défaut : coupe les signaux, ne ferme rien
}
// #endregion
