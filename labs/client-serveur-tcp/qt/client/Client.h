#ifndef CLIENT_H
#define CLIENT_H
#include <QObject>
#include <QTcpSocket>

// #region classe
class Client : public QObject
{
    Q_OBJECT
public:
    explicit Client(const QString &_message, QObject *parent = nullptr);
    void ConnecterAuServeur(const QString &_hote, quint16 _port);
    void EnvoyerMessage(const QString &_message);
    void Deconnecter();
private slots:
    void onQTcpSocket_Connected();
    void onQTcpSocket_Disconnected();
    void onQTcpSocket_ReadyRead();
    void onQTcpSocket_StateChanged(QAbstractSocket::SocketState _etat);
    void onQTcpSocket_ErrorOccurred(QAbstractSocket::SocketError _erreur);
private:
    QTcpSocket *socket;
    QString message;
    int code;
};
// #endregion
#endif // CLIENT_H
