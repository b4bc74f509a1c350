#ifndef CLIENTINTERACTIF_H
#define CLIENTINTERACTIF_H
#include <QObject>
#include <QTcpSocket>

/** Le client des labos dont le sujet est le serveur : il envoie chaque ligne tapée et dit tout ce qu'il voit. */
class ClientInteractif : public QObject
{
    Q_OBJECT
public:
    /** _premierMessage est envoyé dès la connexion ; rien s'il est vide. */
    explicit ClientInteractif(const QString &_premierMessage = {}, QObject *parent = nullptr);
    void ConnecterAuServeur(const QString &_hote, quint16 _port);
    void EnvoyerMessage(const QString &_message);
    void Deconnecter();
private slots:
    void onQTcpSocket_Connected();
    void onQTcpSocket_Disconnected();
    void onQTcpSocket_ReadyRead();
    void onQTcpSocket_ErrorOccurred(QAbstractSocket::SocketError _erreur);
private:
    QTcpSocket *socket;
    QString premierMessage;
    int code;
};
#endif // CLIENTINTERACTIF_H
