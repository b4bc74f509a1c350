#include "Serveur.h"

#include <QDebug>
#include "phrases.h"
#include "sortie.h"

Serveur::Serveur(const QString &_politique, QObject *parent)
    : QObject{parent}
    , serveur(new QTcpServer(this))
    , client(nullptr)
    , politique(_politique)
    , port(0)
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
    port = serveur->serverPort();
    qDebug() << "Serveur lancé sur le port :" << port;
    return true;
}
// #endregion

// #region acceptation
void Serveur::onQTcpServer_NewConnection()
{
    // ACCEPTER
    while (serveur->hasPendingConnections()) {
        if (client && politique == "pause")
            return; // il attend dans la file
        QTcpSocket *nouveau = serveur->nextPendingConnection();
        if (client)
            Refuser(nouveau);
        else
            Accepter(nouveau);
    }
}

void Serveur::Accepter(QTcpSocket *nouveau)
{
    client = nouveau;
    connect(client, &QTcpSocket::readyRead, this, &Serveur::onQTcpSocket_ReadyRead);
    connect(client, &QTcpSocket::disconnected, this, &Serveur::onQTcpSocket_Disconnected);
    qDebug() << "Client accepté, port :" << client->peerPort();
    client->write("BIENVENUE");
    if (politique == "pause")
        serveur->pauseAccepting();
    if (politique == "ecoute-fermee")
        serveur->close();
    // Ce qui s'est passé pendant son attente dans la file n'a été annoncé à personne.
    if (client->bytesAvailable() > 0)
        onQTcpSocket_ReadyRead();
    if (client && client->state() == QAbstractSocket::UnconnectedState)
        onQTcpSocket_Disconnected();
}
// #endregion

// #region refus
void Serveur::Refuser(QTcpSocket *nouveau)
{
    // FERMER
    qDebug() << "Client refusé, port :" << nouveau->peerPort();
    connect(nouveau, &QTcpSocket::disconnected, nouveau, &QTcpSocket::deleteLater);
    if (politique == "message")
        nouveau->write("OCCUPÉ");
    nouveau->disconnectFromHost(); // sans attendre : la boucle d'événements sert toujours le premier
}
// #endregion

// #region lecture
void Serveur::onQTcpSocket_ReadyRead()
{
    // ÉCHANGER
    if (!client)
        return;
    const QByteArray data = client->readAll();
    qDebug() << "Reçu :" << QString::fromUtf8(data);
    client->write("Message reçu sur le serveur : " + QString::fromUtf8(data).toUtf8());
}
// #endregion

// #region deconnexion
void Serveur::onQTcpSocket_Disconnected()
{
    // FERMER
    qDebug() << "Client déconnecté";
    client->deleteLater();
    client = nullptr; // la place est libre
    if (politique == "pause") {
        serveur->resumeAccepting();
        onQTcpServer_NewConnection();
    }
    if (politique == "ecoute-fermee" && !LancerServeur(port))
        terminer(1);
}
// #endregion
