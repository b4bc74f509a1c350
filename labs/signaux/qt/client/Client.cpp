#include "Client.h"

#include <QDebug>
#include "phrases.h"
#include "sortie.h"

// #region liaisons
Client::Client(int _delai, QObject *parent)
    : QObject{parent}
    , socket(new QTcpSocket(this))
    , minuteur(new QTimer(this))
    , code(0)
{
    // CRÉER
    minuteur->setSingleShot(true);
    minuteur->setInterval(_delai);
    connect(minuteur, &QTimer::timeout, this, &Client::onQTimer_Timeout);
    connect(socket, &QTcpSocket::stateChanged, this, &Client::onQTcpSocket_StateChanged);
    connect(socket, &QTcpSocket::hostFound, this, [] { qDebug() << "signal hostFound"; });
    connect(socket, &QTcpSocket::connected, this, [] { qDebug() << "signal connected"; });
    connect(socket, &QTcpSocket::bytesWritten, this, [](qint64 octets) { qDebug() << "signal bytesWritten :" << octets; });
    connect(socket, &QTcpSocket::readyRead, this, &Client::onQTcpSocket_ReadyRead);
    connect(socket, &QTcpSocket::errorOccurred, this, &Client::onQTcpSocket_ErrorOccurred);
    connect(socket, &QTcpSocket::disconnected, this, &Client::onQTcpSocket_Disconnected);
}
// #endregion

// #region connexion
void Client::ConnecterAuServeur(const QString &_hote, quint16 _port)
{
    // SE CONNECTER
    qDebug() << "appel connectToHost :" << _hote << _port;
    socket->connectToHost(_hote, _port);
    qDebug() << "retour de connectToHost, état :" << socket->state();
}
// #endregion

// #region envoi
void Client::EnvoyerMessage(const QString &_message)
{
    // ÉCHANGER
    qDebug() << "appel write :" << socket->write(_message.toUtf8());
}
// #endregion

// #region fermeture
void Client::Deconnecter()
{
    // FERMER
    qDebug() << "appel disconnectFromHost";
    socket->disconnectFromHost();
}
// #endregion

// #region etats
void Client::onQTcpSocket_StateChanged(QAbstractSocket::SocketState _etat)
{
    qDebug() << "signal stateChanged :" << _etat;
    if (_etat == QAbstractSocket::ConnectingState)
        minuteur->start();
    else
        minuteur->stop();
}
// #endregion

// #region lecture
void Client::onQTcpSocket_ReadyRead()
{
    qDebug() << "signal readyRead, données :" << QString::fromUtf8(socket->readAll());
}
// #endregion

// #region deconnexion
void Client::onQTcpSocket_Disconnected()
{
    qDebug() << "signal disconnected";
    terminer(code);
}
// #endregion

// #region erreurs
void Client::onQTcpSocket_ErrorOccurred(QAbstractSocket::SocketError _erreur)
{
    qDebug() << "signal errorOccurred :" << _erreur;
    qDebug().noquote() << phrase(_erreur);
    code = 1;
    if (socket->state() == QAbstractSocket::UnconnectedState)
        terminer(code);
}
// #endregion

// #region minuteur
void Client::onQTimer_Timeout()
{
    // Sans ce minuteur, Qt attendrait une minute avant SocketTimeoutError.
    qDebug() << "Délai expiré : aucune réponse, vérifier l'adresse (minuteur du client)";
    socket->abort(); // ni errorOccurred, ni disconnected : la connexion n'a jamais existé
    terminer(1);
}
// #endregion
