#include "Client.h"

#include <QDebug>
#include "phrases.h"
#include "sortie.h"

// #region liaisons
Client::Client(QObject *parent)
    : QObject{parent}
    , socket(new QTcpSocket(this))
    , code(0)
{
    connect(socket, &QTcpSocket::connected, this, &Client::onQTcpSocket_Connected);
    connect(socket, &QTcpSocket::disconnected, this, &Client::onQTcpSocket_Disconnected);
    connect(socket, &QTcpSocket::readyRead, this, &Client::onQTcpSocket_ReadyRead);
    connect(socket, &QTcpSocket::errorOccurred, this, &Client::onQTcpSocket_ErrorOccurred);
}
// #endregion

// #region connexion
void Client::ConnecterAuServeur(const QString &_hote, quint16 _port)
{
    // SE CONNECTER
    qDebug() << "Attente de connexion avec :" << _hote << "sur le port :" << _port;
    socket->connectToHost(_hote, _port);
}
// #endregion

// #region envoi
void Client::EnvoyerMessage(const QString &_message)
{
    // ÉCHANGER
    if (socket->state() == QAbstractSocket::ConnectedState) {
        socket->write(_message.toUtf8());
        qDebug() << "Message envoyé :" << _message;
    } else
        qDebug() << "Message non envoyé : aucune connexion établie";
}
// #endregion

// #region deconnexion
void Client::Deconnecter()
{
    // FERMER
    if (socket->state() == QAbstractSocket::UnconnectedState)
        terminer(code);
    socket->disconnectFromHost();
}

void Client::onQTcpSocket_Disconnected()
{
    qDebug() << "Déconnecté du serveur";
    terminer(code);
}
// #endregion

void Client::onQTcpSocket_Connected()
{
    qDebug() << "Connecté au serveur";
}

// #region lecture
void Client::onQTcpSocket_ReadyRead()
{
    qDebug() << "Données reçues du serveur :" << QString::fromUtf8(socket->readAll());
}
// #endregion

// #region erreurs
void Client::onQTcpSocket_ErrorOccurred(QAbstractSocket::SocketError _erreur)
{
    qDebug().noquote() << phrase(_erreur) << "(" + socket->errorString() + ")";
    code = 1;
    if (socket->state() == QAbstractSocket::UnconnectedState)
        terminer(code);
}
// #endregion
