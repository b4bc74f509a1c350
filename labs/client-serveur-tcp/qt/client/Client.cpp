#include "Client.h"

#include <QDebug>
#include "sortie.h"

// #region liaisons
Client::Client(const QString &_message, QObject *parent)
    : QObject{parent}
    , socket(new QTcpSocket(this))
    , message(_message)
    , code(0)
{
    // CRÉER
    connect(socket, &QTcpSocket::connected, this, &Client::onQTcpSocket_Connected);
    connect(socket, &QTcpSocket::disconnected, this, &Client::onQTcpSocket_Disconnected);
    connect(socket, &QTcpSocket::readyRead, this, &Client::onQTcpSocket_ReadyRead);
    connect(socket, &QTcpSocket::stateChanged, this, &Client::onQTcpSocket_StateChanged);
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
    } else {
        qDebug() << "Message non envoyé : aucune connexion établie";
    }
}
// #endregion

// #region fermeture
void Client::Deconnecter()
{
    // FERMER
    if (socket->state() == QAbstractSocket::UnconnectedState)
        terminer(code);
    socket->disconnectFromHost();
}
// #endregion

// #region connecte
void Client::onQTcpSocket_Connected()
{
    qDebug() << "Connecté au serveur";
    EnvoyerMessage(message);
}
// #endregion

// #region deconnexion
void Client::onQTcpSocket_Disconnected()
{
    qDebug() << "Déconnecté du serveur";
    terminer(code);
}
// #endregion

// #region lecture
void Client::onQTcpSocket_ReadyRead()
{
    const QByteArray data = socket->readAll();
    qDebug() << "Reçu :" << QString::fromUtf8(data);
}
// #endregion

// #region etats
void Client::onQTcpSocket_StateChanged(QAbstractSocket::SocketState _etat)
{
    qDebug() << "État :" << _etat;
}
// #endregion

// #region erreurs
void Client::onQTcpSocket_ErrorOccurred(QAbstractSocket::SocketError _erreur)
{
    QString messageErreur;
    switch (_erreur) {
    case QAbstractSocket::HostNotFoundError:
        messageErreur = "Hôte non trouvé : vérifier le nom donné par --hote";
        break;
    case QAbstractSocket::ConnectionRefusedError:
        messageErreur = "Connexion refusée : lancer le serveur, vérifier --port";
        break;
    case QAbstractSocket::RemoteHostClosedError:
        messageErreur = "L'hôte distant a fermé la connexion : relancer le serveur";
        break;
    case QAbstractSocket::SocketTimeoutError:
        messageErreur = "Délai expiré : aucune réponse, vérifier l'adresse";
        break;
    default:
        messageErreur = "Erreur inattendue : relancer le client";
    }
    qDebug().noquote() << messageErreur;
    code = 1;
    if (socket->state() == QAbstractSocket::UnconnectedState)
        terminer(code);
}
// #endregion
