#include "Serveur.h"

#include <QDebug>
#include "phrases.h"
#include "sortie.h"

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
    return true;
}
// #endregion

// #region modes
void Serveur::Appliquer(const QString &_mode)
{
    const quint16 port = serveur->serverPort();
    if (_mode == "cooperatif") {
        qDebug() << "Serveur coopératif sur le port :" << port;
        return;
    }
    serveur->close();
    qDebug() << "Port fermé, plus personne n'écoute, port :" << port;
    terminer(0);
}
// #endregion

// #region trou-noir
bool Serveur::OuvrirTrouNoir(quint16 _port)
{
    // Une file d'attente d'une place, que personne ne vide : le noyau ignore les demandes suivantes.
    serveur->setListenBacklogSize(1);
    if (!LancerServeur(_port))
        return false;
    serveur->pauseAccepting();
    for (int i = 0; i < 4; i++)
        (new QTcpSocket(this))->connectToHost(QHostAddress::LocalHost, serveur->serverPort());
    qDebug() << "Trou noir, aucune réponse à attendre, port :" << serveur->serverPort();
    return true;
}
// #endregion

// #region acceptation
void Serveur::onQTcpServer_NewConnection()
{
    // ACCEPTER
    while (QTcpSocket *client = serveur->nextPendingConnection()) {
        connect(client, &QTcpSocket::readyRead, this, &Serveur::onQTcpSocket_ReadyRead);
        connect(client, &QTcpSocket::disconnected, client, &QTcpSocket::deleteLater);
        client->write("BONJOUR");
    }
}
// #endregion

// #region lecture
void Serveur::onQTcpSocket_ReadyRead()
{
    // ÉCHANGER
    QTcpSocket *client = qobject_cast<QTcpSocket *>(sender());
    if (!client)
        return;
    const QString texte = QString::fromUtf8(client->readAll());
    qDebug() << "Reçu :" << texte;
    if (texte.trimmed() == "fin")
        client->disconnectFromHost();
    else
        client->write(("Message reçu : " + texte).toUtf8());
}
// #endregion
