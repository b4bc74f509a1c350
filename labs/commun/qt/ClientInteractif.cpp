#include "ClientInteractif.h"

#include <QDebug>
#include "phrases.h"
#include "sortie.h"

ClientInteractif::ClientInteractif(const QString &_premierMessage, QObject *parent)
    : QObject{parent}
    , socket(new QTcpSocket(this))
    , premierMessage(_premierMessage)
    , code(0)
{
    connect(socket, &QTcpSocket::connected, this, &ClientInteractif::onQTcpSocket_Connected);
    connect(socket, &QTcpSocket::disconnected, this, &ClientInteractif::onQTcpSocket_Disconnected);
    connect(socket, &QTcpSocket::readyRead, this, &ClientInteractif::onQTcpSocket_ReadyRead);
    connect(socket, &QTcpSocket::errorOccurred, this, &ClientInteractif::onQTcpSocket_ErrorOccurred);
}

void ClientInteractif::ConnecterAuServeur(const QString &_hote, quint16 _port)
{
    // SE CONNECTER
    qDebug() << "Attente de connexion avec :" << _hote << "sur le port :" << _port;
    socket->connectToHost(_hote, _port);
}

void ClientInteractif::EnvoyerMessage(const QString &_message)
{
    // ÉCHANGER
    if (socket->state() == QAbstractSocket::ConnectedState) {
        socket->write(_message.toUtf8());
        qDebug() << "Message envoyé :" << _message;
    } else
        qDebug() << "Message non envoyé : aucune connexion établie";
}

void ClientInteractif::Deconnecter()
{
    // FERMER
    if (socket->state() == QAbstractSocket::UnconnectedState)
        terminer(code);
    socket->disconnectFromHost();
}

void ClientInteractif::onQTcpSocket_Disconnected()
{
    qDebug() << "Déconnecté du serveur";
    terminer(code);
}

void ClientInteractif::onQTcpSocket_Connected()
{
    qDebug() << "Connecté au serveur";
    if (!premierMessage.isEmpty())
        EnvoyerMessage(premierMessage);
}

void ClientInteractif::onQTcpSocket_ReadyRead()
{
    qDebug() << "Reçu :" << QString::fromUtf8(socket->readAll());
}

void ClientInteractif::onQTcpSocket_ErrorOccurred(QAbstractSocket::SocketError _erreur)
{
    qDebug().noquote() << phrase(_erreur);
    code = 1;
    if (socket->state() == QAbstractSocket::UnconnectedState)
        terminer(code);
}
