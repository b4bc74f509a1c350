#ifndef EMETTEUR_H
#define EMETTEUR_H
#include <QHostAddress>
#include <QObject>
#include <QUdpSocket>

// #region classe
class Emetteur : public QObject
{
    Q_OBJECT
public:
    Emetteur(const QString &_hote, quint16 _port, QObject *parent = nullptr);
    bool AdresseValide() const;
    void Envoyer(const QString &_message);
private slots:
    void lireReponse();
private:
    QUdpSocket *udpSocket;
    QHostAddress adresse;
    quint16 port;
};
// #endregion
#endif // EMETTEUR_H
