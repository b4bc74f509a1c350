#include "Serveur.h"

#include <QDebug>
#include "phrases.h"

// #region liaisons
Serveur::Serveur(QObject *parent)
    : QObject{parent}
    , serveur(new QTcpServer(this))
    , client(nullptr)
{
    // CRÉER
    serveur->setMaxPendingConnections(500); // la file d'attente : 30 si rien n'est dit
    connect(serveur, &QTcpServer::newConnection, this, &Serveur::onQTcpServer_NewConnection);
}
// #endregion

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
    if (client)
        return; // la place est prise : le suivant reste dans la file
    client = serveur->nextPendingConnection();
    if (!client)
        return;
    qDebug() << "Nouveau client, port :" << client->peerPort();
    connect(client, &QTcpSocket::readyRead, this, &Serveur::onQTcpSocket_ReadyRead);
    connect(client, &QTcpSocket::disconnected, this, &Serveur::onQTcpSocket_Disconnected);
    connect(client, &QTcpSocket::errorOccurred, this, &Serveur::onQTcpSocket_ErrorOccurred);
    // Ce qui s'est passé pendant son attente dans la file n'a été annoncé à personne.
    if (client->bytesAvailable() > 0)
        onQTcpSocket_ReadyRead();
    if (client && client->state() == QAbstractSocket::UnconnectedState)
        onQTcpSocket_Disconnected();
}
// #endregion

// #region deconnexion
void Serveur::onQTcpSocket_Disconnected()
{
    // FERMER
    qDebug() << "Client déconnecté";
    client->deleteLater();
    client = nullptr;
    onQTcpServer_NewConnection(); // au suivant, s'il y en a un
}
// #endregion

// #region lecture
void Serveur::onQTcpSocket_ReadyRead()
{
    // ÉCHANGER
    if (!client)
        return;
    const QString texte = QString::fromUtf8(client->readAll());
    qDebug() << "Reçu :" << texte;
    client->write(("Message reçu sur le serveur : " + texte).toUtf8());
}
// #endregion

// #region erreurs
void Serveur::onQTcpSocket_ErrorOccurred(QAbstractSocket::SocketError _erreur)
{
    if (!client)
        return;
    switch (_erreur) {
    case QAbstractSocket::RemoteHostClosedError:
        qDebug() << "Le client a fermé la connexion"; // une fin normale : Qt ferme ce socket lui-même
        break;
    default:
        qDebug().noquote() << "Erreur client :" << phrase(_erreur);
        client->disconnectFromHost();
    }
}
// #endregion
