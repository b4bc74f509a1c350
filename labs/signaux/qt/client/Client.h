#ifndef CLIENT_H
#define CLIENT_H
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

// #region classe
class Client : public QObject
{
    Q_OBJECT
public:
    explicit Client(int _delai, QObject *parent = nullptr);
    void ConnecterAuServeur(const QString &_hote, quint16 _port);
    void EnvoyerMessage(const QString &_message);
    void Deconnecter();
private slots:
    void onQTcpSocket_StateChanged(QAbstractSocket::SocketState _etat);
    void onQTcpSocket_ReadyRead();
    void onQTcpSocket_Disconnected();
    void onQTcpSocket_ErrorOccurred(QAbstractSocket::SocketError _erreur);
    void onQTimer_Timeout();
private:
    QTcpSocket *socket;
    QTimer *minuteur;
    int code;
};
// #endregion
#endif // CLIENT_H
